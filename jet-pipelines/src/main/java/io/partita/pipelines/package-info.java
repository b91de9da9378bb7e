/** Streaming jobs over the grid: what a job is, which there are, and how they are submitted and controlled. */
package io.partita.pipelines;
