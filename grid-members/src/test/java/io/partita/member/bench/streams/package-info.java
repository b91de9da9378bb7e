/** What streams of ticks cost. */
package io.partita.member.bench.streams;
