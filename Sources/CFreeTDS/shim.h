#ifndef CFREETDS_SHIM_H
#define CFREETDS_SHIM_H

#include <sybfront.h>
#include <sybdb.h>

/* Macros that Swift cannot import. */
static const int cfreetds_rpc_reset = DBRPCRESET;
static const int cfreetds_bcp_in = DB_IN;

#endif
