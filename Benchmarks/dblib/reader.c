/*
 * Reads a query over DB-Library again and again: what a C program pays for the rows that Swift code is compared with.
 *
 * usage: dblib_reader PORT TIMES QUERY
 *
 * Prints one line: rows, bytes of values, then seconds on the wall, of user CPU and of system CPU, without the login.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sybfront.h>
#include <sybdb.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

static int on_message(DBPROCESS *process, DBINT number, int state, int severity, char *text, char *server, char *procedure, int line)
{
    (void)process, (void)state, (void)server, (void)procedure, (void)line;
    if (severity > 10)
        fprintf(stderr, "dblib_reader: Msg %d: %s\n", (int)number, text);
    return 0;
}

static int on_error(DBPROCESS *process, int severity, int number, int system, char *text, char *reason)
{
    (void)process, (void)severity, (void)system, (void)reason;
    fprintf(stderr, "dblib_reader: error %d: %s\n", number, text);
    return INT_CANCEL;
}

static void fail(const char *what)
{
    fprintf(stderr, "dblib_reader: %s\n", what);
    exit(1);
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Looks at every value of every row, as a program that uses them must. */
static void read_all(DBPROCESS *process, const char *query, long *rows, unsigned long *bytes)
{
    if (dbcmd(process, query) == FAIL || dbsqlexec(process) == FAIL)
        fail("the query failed");
    RETCODE result;
    while ((result = dbresults(process)) == SUCCEED) {
        int columns = dbnumcols(process);
        STATUS status;
        while ((status = dbnextrow(process)) == REG_ROW) {
            for (int column = 1; column <= columns; column++) {
                const BYTE *data = dbdata(process, column);
                DBINT length = dbdatlen(process, column);
                if (data != NULL && length > 0)
                    *bytes += (unsigned long)length + data[length - 1] % 2;
            }
            *rows += 1;
        }
        if (status != NO_MORE_ROWS)
            fail("the rows broke off");
    }
    if (result != NO_MORE_RESULTS)
        fail("the results broke off");
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: dblib_reader PORT TIMES QUERY\n");
        return 2;
    }
    if (dbinit() == FAIL)
        fail("DB-Library cannot be initialised");
    dbmsghandle(on_message);
    dberrhandle(on_error);
    LOGINREC *login = dblogin();
    if (login == NULL)
        fail("no memory");
    DBSETLUSER(login, "sa");
    DBSETLPWD(login, "Embedded!2026");
    DBSETLAPP(login, "dblib_reader");
    DBSETLCHARSET(login, "UTF-8");
    DBSETLPACKET(login, 16000);
    DBSETLUTF16(login, 1);
    dbsetlversion(login, DBVERSION_74);
    char server[64];
    snprintf(server, sizeof server, "127.0.0.1:%s", arguments[1]);
    DBPROCESS *process = dbopen(login, server);
    if (process == NULL)
        fail("cannot connect");

    long rows = 0;
    unsigned long bytes = 0;
    long times = atol(arguments[2]);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    double start = now();
    for (long time = 0; time < times; time++)
        read_all(process, arguments[3], &rows, &bytes);
    double wall = now() - start;
    getrusage(RUSAGE_SELF, &after);
    printf("%ld %lu %.9f %.6f %.6f\n", rows, bytes, wall, seconds(after.ru_utime) - seconds(before.ru_utime),
           seconds(after.ru_stime) - seconds(before.ru_stime));
    dbclose(process);
    dbloginfree(login);
    dbexit();
    return 0;
}
