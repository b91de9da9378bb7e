/** Value at risk of portfolios, and whether it was right. */
package io.partita.member.risk;
