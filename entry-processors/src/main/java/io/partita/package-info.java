/** What a client of the grid begins with. */
package io.partita;
