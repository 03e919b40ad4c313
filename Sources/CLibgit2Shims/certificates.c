// libgit2 starts what its own connections would need whenever it starts: built with mbedTLS it
// parses the authorities that the system trusts, half of the time that starting it takes, and built
// with libssh2 it registers the engines of OpenSSL, a tenth of it. Sheaf makes no connection with
// it: its transports are other ones. A program's own function comes before that of a library it is
// linked with, so libgit2 finds these and trusts nobody. Where it is built with other libraries
// they are unused.

int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int libssh2_init(int flags);

int mbedtls_x509_crt_parse_file(void *chain, const char *path) {
    (void)chain;
    (void)path;
    return 0;
}

int libssh2_init(int flags) {
    (void)flags;
    return 0;
}
