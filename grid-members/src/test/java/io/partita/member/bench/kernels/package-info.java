/** What Monte Carlo value at risk takes, beside plain double loops over the same scenarios. */
package io.partita.member.bench.kernels;
