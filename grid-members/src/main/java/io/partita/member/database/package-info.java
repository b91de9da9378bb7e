/** PostgreSQL: the embedded server, the connection pools and the migrations. */
package io.partita.member.database;
