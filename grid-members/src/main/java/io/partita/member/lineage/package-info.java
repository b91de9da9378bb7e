/** Where something came from and what it became, over all domains, as one graph. */
package io.partita.member.lineage;
