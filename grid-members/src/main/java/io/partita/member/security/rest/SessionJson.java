package io.partita.member.security.rest;

import io.partita.member.security.SignIns.Session;
import io.partita.security.Principal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** Where somebody is signed in. */
@Schema(name = "Session")
record SessionJson(UUID id, Instant createdAt, Instant expiresAt, Instant refreshedAt, String address, String agent, @Schema(description = "the one that asks") boolean current) {

    static SessionJson of(Session session, Principal caller) {
        return new SessionJson(session.id(), session.createdAt(), session.expiresAt(), session.refreshedAt(), session.address(), session.agent(),
                session.id().toString().equals(caller.session()));
    }
}
