#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift cannot import.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    // A null pointer would bind NULL: an empty blob is a value.
    if (length == 0) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

static inline void csqlite_result_text(sqlite3_context *context, const char *text, int length) {
    sqlite3_result_text(context, text, length, SQLITE_TRANSIENT);
}

static inline void csqlite_result_blob(sqlite3_context *context, const void *bytes, int length) {
    if (length == 0) {
        sqlite3_result_zeroblob(context, 0);
    } else {
        sqlite3_result_blob(context, bytes, length, SQLITE_TRANSIENT);
    }
}

// A virtual table and its cursor, each with the object of ours that answers for it.
struct csqlite_table {
    sqlite3_vtab base;
    void *owner;
};

struct csqlite_cursor {
    sqlite3_vtab_cursor base;
    void *owner;
};

#endif
