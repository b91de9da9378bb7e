/** Traces by OpenTelemetry, if somebody takes them. */
package io.partita.member.tracing;
