/** The grid at a glance: members, partitions, throughput, latency and what happens now. */
package io.partita.console.overview;
