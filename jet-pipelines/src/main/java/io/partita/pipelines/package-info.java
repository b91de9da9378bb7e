/** Streaming jobs over the grid. */
package io.partita.pipelines;
