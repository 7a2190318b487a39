/* A disk whose cache is lost when the power goes: of each watched file only the bytes at its last fsync survive.
   Loaded before the C library (LD_PRELOAD). At each fsync or fdatasync of a file under SYNCED_WATCH the whole file is
   copied to the same name under SYNCED_KEEP; that folder is what a machine would find after the cut. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void keep_copy(int fd) {
    const char *watch = getenv("SYNCED_WATCH"), *keep = getenv("SYNCED_KEEP");
    char link[64], path[PATH_MAX], target[PATH_MAX], waiting[PATH_MAX + 8], block[65536];
    if (!watch || !keep) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    if (strncmp(path, watch, strlen(watch)) != 0) return;
    if (snprintf(target, sizeof target, "%s%s", keep, path + strlen(watch)) >= (int)sizeof target) abort();
    snprintf(waiting, sizeof waiting, "%s.part", target);
    int in = open(path, O_RDONLY), out = open(waiting, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0) { /* a folder, or a file in a folder that is not kept */
        if (in >= 0) close(in);
        if (out >= 0) { close(out); unlink(waiting); }
        return;
    }
    ssize_t got;
    while ((got = read(in, block, sizeof block)) > 0)
        if (write(out, block, (size_t)got) != got) abort();
    close(in);
    close(out);
    if (got < 0) { unlink(waiting); return; }
    if (rename(waiting, target) != 0) abort();
}

int fsync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int said = real(fd);
    if (said == 0) keep_copy(fd);
    return said;
}

int fdatasync(int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int said = real(fd);
    if (said == 0) keep_copy(fd);
    return said;
}
