/** What is held and what it is worth: products, daily prices, positions from elsewhere, portfolios, and why they gained; over REST. */
package io.partita.member.positions;
