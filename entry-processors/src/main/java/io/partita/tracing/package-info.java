/** A port for traces: where in a request's course something happens, carried with commands through the grid and its jobs. */
package io.partita.tracing;
