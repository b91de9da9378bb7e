/**
 * What sources say of instruments: trades and quotes, how they are checked one by one, how good a source is, and which of several is listened to.
 */
package io.partita.marketdata.ticks;
