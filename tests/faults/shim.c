/* Stands between SQLite and the disk: records every write, sync, truncation and removal below a
   folder, and fails the n-th of them when told to. Loaded by LD_PRELOAD; see shim.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[512];
static int out = -1;
static long at = -1, count = 0;
static int how = 0; /* bit 0: EIO instead of ENOSPC; bit 1: once instead of from then on */

void shim_watch(const char *path, const char *log) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    strncpy(folder, path, sizeof folder - 1);
    if (out >= 0) close(out);
    out = log ? real(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
}

void shim_fail(long n, int kind) { at = n; how = kind; count = 0; }

long shim_count(void) { return count; }

static int watched(int fd, char *name) {
    char link[64];
    ssize_t n;
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, name, 511);
    if (n < 0) return 0;
    name[n] = 0;
    return !strncmp(name, folder, strlen(folder));
}

static void record(char op, const char *name, long off, const void *data, unsigned len) {
    struct { char op; unsigned short name; long off; unsigned len; } __attribute__((packed)) head =
        {op, strlen(name), off, len};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)name, head.name}, {(void *)data, len}};
    if (out >= 0 && writev(out, parts, data ? 3 : 2) < 0) abort();
}

static int fails(void) {
    count++;
    if (at > 0 && count >= at && (!(how & 2) || count == at)) {
        errno = how & 1 ? EIO : ENOSPC;
        return 1;
    }
    return 0;
}

#define WRITE(NAME)                                                                    \
    ssize_t NAME(int fd, const void *data, size_t n, off64_t off) {                    \
        static ssize_t (*real)(int, const void *, size_t, off64_t);                    \
        char name[512];                                                                \
        ssize_t done;                                                                  \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                     \
        if (!watched(fd, name)) return real(fd, data, n, off);                         \
        if (fails()) return -1;                                                        \
        done = real(fd, data, n, off);                                                 \
        if (done > 0) record('W', name, off, data, done);                              \
        return done;                                                                   \
    }
WRITE(pwrite)
WRITE(pwrite64)

#define SYNC(NAME)                                                                     \
    int NAME(int fd) {                                                                 \
        static int (*real)(int);                                                       \
        char name[512];                                                                \
        int done;                                                                      \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                     \
        if (!watched(fd, name)) return real(fd);                                       \
        if (fails()) return -1;                                                        \
        done = real(fd);                                                               \
        if (!done) record('S', name, 0, 0, 0);                                         \
        return done;                                                                   \
    }
SYNC(fsync)
SYNC(fdatasync)

#define CUT(NAME)                                                                      \
    int NAME(int fd, off64_t off) {                                                    \
        static int (*real)(int, off64_t);                                              \
        char name[512];                                                                \
        int done;                                                                      \
        if (!real) real = dlsym(RTLD_NEXT, #NAME);                                     \
        done = real(fd, off);                                                          \
        if (!done && watched(fd, name)) record('T', name, off, 0, 0);                  \
        return done;                                                                   \
    }
CUT(ftruncate)
CUT(ftruncate64)

int unlink(const char *path) {
    static int (*real)(const char *);
    int done;
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    done = real(path);
    if (!done && folder[0] && !strncmp(path, folder, strlen(folder))) record('U', path, 0, 0, 0);
    return done;
}
