package io.partita.member.database;

/** Where PostgreSQL is. Closing it stops the server if it belongs to the member. */
public sealed interface DatabaseServer extends AutoCloseable permits EmbeddedPostgres, ExternalPostgres {

    String url();

    String user();

    String password();

    @Override
    void close();
}
