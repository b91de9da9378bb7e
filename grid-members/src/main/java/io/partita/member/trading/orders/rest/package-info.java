/** Orders of trading accounts, their limits and kill switches over REST. */
package io.partita.member.trading.orders.rest;
