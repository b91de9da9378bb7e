/** Designs that lost, kept compiled and measured beside the winner, so that whoever doubts the choice can repeat it. */
package io.partita.member.bench.alternatives;
