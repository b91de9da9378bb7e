/** How fast the matching core is, beside exchange-core's direct order book on the same order flow. */
package io.partita.member.bench.matching;
