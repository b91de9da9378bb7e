/** Alerts of anomalies and of surveillance over REST, and what people say of them. */
package io.partita.member.marketdata.alerts;
