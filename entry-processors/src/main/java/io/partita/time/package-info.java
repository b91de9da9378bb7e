/** Moments as the grid keeps them: whole nanoseconds since 1970. */
package io.partita.time;
