#ifndef CLIBGIT2_SHIMS_H
#define CLIBGIT2_SHIMS_H

#include <git2.h>
#include <git2/sys/transport.h>
#include <stddef.h>
#include <stdint.h>

#include "allocating.h"
#include "children.h"
#include "creating.h"
#include "deflater.h"
#include "diffing.h"
#include "fetching.h"
#include "heaps.h"
#include "inflating.h"
#include "loose.h"
#include "notifying.h"
#include "object_id.h"
#include "offering.h"
#include "packs.h"
#include "pipes.h"
#include "starting.h"
#include "subtransport.h"
#include "watching.h"

#endif
