/**
 * What clients asked for and what they were told, one JSON line for each invocation and each completion, with monotonic times that all
 * processes of a machine share. Nothing here knows the server.
 */
package io.partita.member.drill.history;
