package io.partita.member.database;

/** A PostgreSQL that somebody else runs. */
record ExternalPostgres(String url, String user, String password) implements DatabaseServer {

    @Override
    public void close() {
        // It is not ours to stop.
    }

    @Override
    public String toString() {
        return url;
    }
}
