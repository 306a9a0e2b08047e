/*
 * A disk that forgets: loaded before the C library (LD_PRELOAD) into the process under test, it keeps beside the data directory an image
 * of what a power loss would leave, under the strictest reading of POSIX:
 *
 *   - a file's content is durable as it was at the last fsync/fdatasync of that file, empty if there was none;
 *   - a directory's entries (creations, renames, removals) are durable as they were at the last fsync of that directory;
 *   - syncfs on a directory does both for all that lies below it (narrower than the real call, which takes the whole disk).
 *
 * It also makes the disk fail on demand. Contract, all by environment:
 *
 *   DISK_DATA    the data directory (real path, no trailing slash); everything outside is left alone
 *   DISK_IMAGE   an existing directory with files/ and dirs/. files/<inode>.<generation> is a file's durable content; dirs/<path, / as %>
 *                (the data directory itself: "@") lists entries, one a line: "f <inode>.<generation> <name>" or "d - <name>".
 *                The tests put what the process starts from there.
 *   DISK_IGNORE  comma-separated mutations: "file:TEXT" - an fsync of a file whose path below DISK_DATA contains TEXT does nothing and says
 *                it succeeded; "dir:TEXT" - the same for directories ("dir:@" is the data directory itself), "fs:TEXT" for syncfs
 *   DISK_FAIL    path of a trigger; while that file exists, what it names fails: first word ENOSPC or EIO, then any of
 *                "write" "sync" "create", e.g. "ENOSPC write create"
 *   DISK_LOG     a file that gets one line a sync, for diagnosis
 *
 * Nothing but sync, write and create calls is intercepted: the live directory says at the time of a sync what there is. The WAL index
 * (-shm), which is mapped memory and rebuilt by SQLite, is never durable. dlsym is intercepted too, because managed code asks for libc's
 * functions by handle, which passes by LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *data_dir, *image_dir, *ignore_list, *fail_path, *log_path;
static size_t data_len;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Inode numbers are used again after a file is gone, so a file's name in the image also has a generation. */
#define GENERATIONS 65536
static struct { ino_t inode; unsigned generation; } generations[GENERATIONS];

static void *(*real_dlsym)(void *, const char *);
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_syncfs)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fallocate)(int, off_t, off_t);

__attribute__((constructor)) static void begin(void)
{
    if (real_dlsym) return;
    real_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    if (!real_dlsym) real_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!real_dlsym) real_dlsym = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
    real_open = real_dlsym(RTLD_NEXT, "open64");
    real_openat = real_dlsym(RTLD_NEXT, "openat64");
    real_fsync = real_dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = real_dlsym(RTLD_NEXT, "fdatasync");
    real_syncfs = real_dlsym(RTLD_NEXT, "syncfs");
    real_write = real_dlsym(RTLD_NEXT, "write");
    real_pwrite = real_dlsym(RTLD_NEXT, "pwrite64");
    real_writev = real_dlsym(RTLD_NEXT, "writev");
    real_pwritev = real_dlsym(RTLD_NEXT, "pwritev64");
    real_ftruncate = real_dlsym(RTLD_NEXT, "ftruncate64");
    real_fallocate = real_dlsym(RTLD_NEXT, "posix_fallocate64");
    data_dir = getenv("DISK_DATA");
    image_dir = getenv("DISK_IMAGE");
    ignore_list = getenv("DISK_IGNORE");
    fail_path = getenv("DISK_FAIL");
    log_path = getenv("DISK_LOG");
    data_len = data_dir ? strlen(data_dir) : 0;
}

/* The path below the data directory ("" for itself), or NULL when it is not in there. */
static const char *below(const char *path)
{
    if (!data_len || strncmp(path, data_dir, data_len) != 0) return NULL;
    if (path[data_len] == 0) return "";
    return path[data_len] == '/' ? path + data_len + 1 : NULL;
}

static const char *below_fd(int fd, char *buffer)
{
    char link[64];
    ssize_t n;
    if (!data_len) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, buffer, PATH_MAX - 1);
    if (n <= 0) return NULL;
    buffer[n] = 0;
    return below(buffer);
}

static unsigned generation(ino_t inode, int fresh)
{
    size_t at = inode % GENERATIONS, i;
    for (i = 0; i < GENERATIONS; i++, at = (at + 1) % GENERATIONS) {
        if (generations[at].inode == 0) { generations[at].inode = inode; generations[at].generation = 0; }
        if (generations[at].inode == inode) return fresh ? ++generations[at].generation : generations[at].generation;
    }
    abort();
}

static int ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);
    return a >= b && strcmp(text + a - b, end) == 0;
}

static int ignored(const char *kind, const char *path)
{
    char list[1024], *entry, *rest = list;
    size_t n = strlen(kind);
    if (!ignore_list) return 0;
    snprintf(list, sizeof list, "%s", ignore_list);
    while ((entry = strsep(&rest, ",")) != NULL)
        if (strncmp(entry, kind, n) == 0 && entry[n] == ':'
            && (strcmp(entry + n + 1, "@") == 0 ? *path == 0 : *path != 0 && strstr(path, entry + n + 1) != NULL)) return 1;
    return 0;
}

/* The errno that the trigger asks for this kind of call, 0 for none. */
static int failing(const char *kind)
{
    char text[128];
    int fd, code = 0;
    ssize_t n;
    if (!fail_path || (fd = real_open(fail_path, O_RDONLY | O_CLOEXEC)) < 0) return 0;
    n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n > 0) {
        text[n] = 0;
        if (strstr(text, kind)) code = strncmp(text, "ENOSPC", 6) == 0 ? ENOSPC : EIO;
    }
    return code;
}

static void note(const char *what, const char *path)
{
    int fd;
    char line[PATH_MAX + 32];
    if (!log_path || (fd = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) < 0) return;
    (void)!real_write(fd, line, (size_t)snprintf(line, sizeof line, "%s %s\n", what, path));
    close(fd);
}

/* Into the image by rename: a kill in the middle leaves the state before, as a disk's barrier would. */
static int put(const char *folder, const char *name, int from, const char *text, size_t length)
{
    char temporary[PATH_MAX], final[PATH_MAX], block[65536];
    off_t at = 0;
    ssize_t n;
    int to;
    snprintf(temporary, sizeof temporary, "%s/tmp.%s.%s", image_dir, folder, name);
    snprintf(final, sizeof final, "%s/%s/%s", image_dir, folder, name);
    if ((to = real_open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) < 0) abort();
    if (from < 0) {
        if (real_write(to, text, length) != (ssize_t)length) abort();
    } else {
        while ((n = pread(from, block, sizeof block, at)) > 0) {
            if (real_write(to, block, (size_t)n) != n) abort();
            at += n;
        }
    }
    close(to);
    if (rename(temporary, final) != 0) abort();
    return 0;
}

static void sync_directory(const char *path)
{
    char full[PATH_MAX], name[PATH_MAX], *text = NULL;
    size_t length = 0, i;
    DIR *dir;
    struct dirent *entry;
    struct stat st;
    FILE *out = open_memstream(&text, &length);
    snprintf(full, sizeof full, "%s/%s", data_dir, path);
    if (!out || !(dir = opendir(full))) abort();
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || ends_with(entry->d_name, "-shm")) continue;
        if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
        if (S_ISDIR(st.st_mode)) fprintf(out, "d - %s\n", entry->d_name);
        else if (S_ISREG(st.st_mode)) fprintf(out, "f %lu.%u %s\n", (unsigned long)st.st_ino, generation(st.st_ino, 0), entry->d_name);
    }
    closedir(dir);
    fclose(out);
    snprintf(name, sizeof name, "%s", *path ? path : "@");
    for (i = 0; name[i]; i++) if (name[i] == '/') name[i] = '%';
    put("dirs", name, -1, text, length);
    free(text);
}

static int sync_fd(int fd, int (*real)(int))
{
    char buffer[PATH_MAX], name[64];
    const char *path;
    struct stat st;
    int code, saved, reader;
    begin();
    path = below_fd(fd, buffer);
    if (!path || !image_dir || fstat(fd, &st) != 0) return real(fd);
    if ((code = failing("sync")) != 0) { errno = code; return -1; }
    saved = errno;
    if (S_ISDIR(st.st_mode)) {
        if (ignored("dir", path)) return 0;
        pthread_mutex_lock(&lock);
        sync_directory(path);
        pthread_mutex_unlock(&lock);
        note("dir", *path ? path : "@");
    } else if (S_ISREG(st.st_mode) && !ends_with(path, "-shm")) {
        if (ignored("file", path)) return 0;
        pthread_mutex_lock(&lock);
        snprintf(name, sizeof name, "%lu.%u", (unsigned long)st.st_ino, generation(st.st_ino, 0));
        /* The descriptor may be for writing only. */
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if ((reader = real_open(link, O_RDONLY | O_CLOEXEC)) < 0) abort();
        put("files", name, reader, NULL, 0);
        close(reader);
        pthread_mutex_unlock(&lock);
        note("file", path);
    }
    errno = saved;
    return 0;
}

int fsync(int fd) { begin(); return sync_fd(fd, real_fsync); }
int fdatasync(int fd) { begin(); return sync_fd(fd, real_fdatasync); }

static void sync_tree(const char *path)
{
    char full[PATH_MAX], name[64];
    DIR *dir;
    struct dirent *entry;
    struct stat st;
    int fd;
    snprintf(full, sizeof full, "%s/%s", data_dir, path);
    if (!(dir = opendir(full))) abort();
    while ((entry = readdir(dir)) != NULL) {
        char below_path[PATH_MAX];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || ends_with(entry->d_name, "-shm")) continue;
        if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) continue;
        snprintf(below_path, sizeof below_path, "%s%s%s", path, *path ? "/" : "", entry->d_name);
        if (S_ISDIR(st.st_mode)) sync_tree(below_path);
        else if (S_ISREG(st.st_mode) && (fd = real_openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC)) >= 0) {
            snprintf(name, sizeof name, "%lu.%u", (unsigned long)st.st_ino, generation(st.st_ino, 0));
            put("files", name, fd, NULL, 0);
            close(fd);
        }
    }
    closedir(dir);
    sync_directory(path);
}

/* The whole disk, as far as it is ours: every file and every directory below the one that is synced. */
int syncfs(int fd)
{
    char buffer[PATH_MAX], path[PATH_MAX];
    const char *at;
    int code;
    begin();
    at = below_fd(fd, buffer);
    if (!at || !image_dir) return real_syncfs(fd);
    if ((code = failing("sync")) != 0) { errno = code; return -1; }
    if (ignored("fs", at)) return 0;
    snprintf(path, sizeof path, "%s", at);
    pthread_mutex_lock(&lock);
    sync_tree(path);
    pthread_mutex_unlock(&lock);
    note("fs", *path ? path : "@");
    return 0;
}

/* Synchronous descriptors (O_SYNC, O_DSYNC) make every write durable at once. */
static ssize_t wrote(int fd, ssize_t n)
{
    int flags;
    if (n > 0 && image_dir && (flags = fcntl(fd, F_GETFL)) >= 0 && (flags & (O_SYNC | O_DSYNC)) != 0) {
        char buffer[PATH_MAX];
        if (below_fd(fd, buffer)) sync_fd(fd, real_fsync);
    }
    return n;
}

static int refuse(int fd, const char *kind)
{
    char buffer[PATH_MAX];
    const char *path;
    int code;
    begin();
    if (!fail_path || access(fail_path, F_OK) != 0) return 0;
    path = below_fd(fd, buffer);
    if (!path || ends_with(path, "-shm") || (code = failing(kind)) == 0) return 0;
    errno = code;
    return 1;
}

ssize_t write(int fd, const void *b, size_t n) { return refuse(fd, "write") ? -1 : wrote(fd, real_write(fd, b, n)); }
ssize_t pwrite64(int fd, const void *b, size_t n, off_t at) { return refuse(fd, "write") ? -1 : wrote(fd, real_pwrite(fd, b, n, at)); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { return pwrite64(fd, b, n, at); }
ssize_t writev(int fd, const struct iovec *v, int n) { return refuse(fd, "write") ? -1 : wrote(fd, real_writev(fd, v, n)); }
ssize_t pwritev64(int fd, const struct iovec *v, int n, off_t at) { return refuse(fd, "write") ? -1 : wrote(fd, real_pwritev(fd, v, n, at)); }
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at) { return pwritev64(fd, v, n, at); }
int ftruncate64(int fd, off_t n) { return refuse(fd, "write") ? -1 : real_ftruncate(fd, n); }
int ftruncate(int fd, off_t n) { return ftruncate64(fd, n); }
int posix_fallocate64(int fd, off_t at, off_t n) { return refuse(fd, "write") ? errno : real_fallocate(fd, at, n); }
int posix_fallocate(int fd, off_t at, off_t n) { return posix_fallocate64(fd, at, n); }

static int opened(int at, const char *path, int flags, mode_t mode)
{
    int fd, code, fresh = 0;
    char resolved[PATH_MAX];
    struct stat st;
    begin();
    if (!data_len || !(flags & O_CREAT)) return at == AT_FDCWD ? real_open(path, flags, mode) : real_openat(at, path, flags, mode);
    pthread_mutex_lock(&lock);
    fresh = fstatat(at, path, &st, 0) != 0 && errno == ENOENT;
    pthread_mutex_unlock(&lock);
    if (fresh && fail_path && path[0] == '/' && below(path) && !ends_with(path, "-shm") && (code = failing("create")) != 0) { errno = code; return -1; }
    fd = at == AT_FDCWD ? real_open(path, flags, mode) : real_openat(at, path, flags, mode);
    if (fd >= 0 && fresh && below_fd(fd, resolved) && fstat(fd, &st) == 0) {
        code = errno;
        pthread_mutex_lock(&lock);
        generation(st.st_ino, 1);
        pthread_mutex_unlock(&lock);
        errno = code;
    }
    return fd;
}

#define MODE(last) mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list v; va_start(v, last); mode = va_arg(v, mode_t); va_end(v); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return opened(at, path, flags, mode); }

void *dlsym(void *handle, const char *name)
{
    static const struct { const char *name; void *ours; } table[] = {
        { "fsync", fsync }, { "fdatasync", fdatasync }, { "syncfs", syncfs }, { "write", write }, { "pwrite", pwrite }, { "pwrite64", pwrite64 }, { "writev", writev },
        { "pwritev", pwritev }, { "pwritev64", pwritev64 }, { "ftruncate", ftruncate }, { "ftruncate64", ftruncate64 },
        { "posix_fallocate", posix_fallocate }, { "posix_fallocate64", posix_fallocate64 },
        { "open", open }, { "open64", open64 }, { "openat", openat }, { "openat64", openat64 },
    };
    size_t i;
    begin();
    for (i = 0; i < sizeof table / sizeof table[0]; i++) if (strcmp(name, table[i].name) == 0) return table[i].ours;
    return real_dlsym(handle, name);
}
