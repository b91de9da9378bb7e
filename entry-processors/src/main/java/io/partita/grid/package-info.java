/** What the entry processors of all domains share. */
package io.partita.grid;
