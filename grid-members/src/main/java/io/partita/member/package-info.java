/** The server: one member of the grid with its database, REST interface and tools. */
package io.partita.member;
