#ifndef CFREETDS_SHIM_H
#define CFREETDS_SHIM_H

#include <sybfront.h>
#include <sybdb.h>

#endif
