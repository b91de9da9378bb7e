/** A member behind all of its filters, under a load that does not wait for it, and what callers with bad manners do to the others. */
package io.partita.member.bench.edge;
