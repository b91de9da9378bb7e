package io.partita.member.trading.fix;

import io.partita.member.security.Authentication;
import io.partita.member.security.Authenticator;
import io.partita.member.security.audit.AuditEvent;
import io.partita.member.security.audit.AuditTrail;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.RejectLogon;
import quickfix.field.BusinessRejectReason;
import quickfix.field.MsgType;
import quickfix.field.Password;
import quickfix.field.Text;
import quickfix.field.Username;
import quickfix.fix44.Logout;

/**
 * Who logs on, and what they may do: Username (553) is the name or the id of a key and Password (554) the key. It is asked about again at each message, so that a key that was
 * revoked ends its session. Thread-safe.
 */
final class FixGuard {

    private static final Logger LOG = LoggerFactory.getLogger(FixGuard.class);
    private static final String METHOD = "FIX";
    private static final String AWAY = io.partita.ledger.Refusal.STORE_UNAVAILABLE + ": Try again later.";

    private final Authenticator authenticator;
    private final AuditTrail trail;

    FixGuard(Authenticator authenticator, AuditTrail trail) {
        this.authenticator = authenticator;
        this.trail = trail;
    }

    /** Takes a key as the peer's, or rejects its logon. */
    void logOn(Peer peer, Message logon) throws RejectLogon {
        String key = logon.getOptionalString(Password.FIELD).orElse("");
        String name = logon.getOptionalString(Username.FIELD).orElse("");
        switch (authenticate(key)) {
            case null -> throw new RejectLogon(AWAY);
            case Authentication.Unknown unknown -> throw rejected(peer, null, unknown.code(), unknown.detail());
            case Authentication.Known(Principal principal) -> {
                if (!name.equals(principal.name()) && !name.equals(principal.session())) {
                    throw rejected(peer, principal, SecurityRefusal.UNAUTHENTICATED, "Username (553) is neither the name nor the id of the key in Password (554).");
                }
                if (!principal.may(Permission.TRADING_READ)) {
                    throw rejected(peer, principal, SecurityRefusal.FORBIDDEN, "It needs " + Permission.TRADING_READ.scope() + ".");
                }
                Optional<Long> other = peer.rights().accounts().stream().filter(account -> !principal.owns(account)).findFirst();
                if (other.isPresent()) {
                    throw rejected(peer, principal, SecurityRefusal.NOT_YOURS, "Account " + other.get() + " of the session is not one of yours.");
                }
                peer.bearer(key);
            }
        }
    }

    /** The session is logged on. */
    void loggedOn(Peer peer) {
        if (authenticate(peer.bearer()) instanceof Authentication.Known(Principal principal)) {
            trail.note(event(peer, principal, MsgType.LOGON, null));
        }
    }

    /** Whether a message may go on; if not, its sender has been told. */
    boolean admits(Peer peer, Message message) throws FieldNotFound {
        String type = message.getHeader().getString(MsgType.FIELD);
        switch (authenticate(peer.bearer())) {
            case null -> {
                peer.tell(Answers.notDone(message, type, BusinessRejectReason.APPLICATION_NOT_AVAILABLE, null, AWAY));
                return false;
            }
            case Authentication.Unknown unknown -> {
                trail.note(event(peer, null, type, unknown.code().name()));
                sendAway(peer, unknown.code());
                return false;
            }
            case Authentication.Known(Principal principal) -> {
                Permission needed = needed(type);
                if (!principal.may(needed)) {
                    trail.note(event(peer, principal, type, SecurityRefusal.FORBIDDEN.name()));
                    peer.tell(Answers.notDone(message, type, BusinessRejectReason.NOT_AUTHORIZED, null, "FORBIDDEN: It needs " + needed.scope() + "."));
                    return false;
                }
                if (needed == Permission.TRADING_WRITE) {
                    if (!trail.take()) {
                        peer.tell(Answers.notDone(message, type, BusinessRejectReason.APPLICATION_NOT_AVAILABLE, null,
                                "AUDIT_UNAVAILABLE: Nothing was done: the audit trail cannot be written now."));
                        return false;
                    }
                    trail.put(event(peer, principal, type, null));
                }
                return true;
            }
        }
    }

    /** The session stays open to whoever logs on next: QuickFIX/J's own way to log out would disable it. */
    private static void sendAway(Peer peer, SecurityRefusal code) {
        Logout farewell = new Logout();
        farewell.setString(Text.FIELD, code + ": " + code.meaning());
        peer.tell(farewell);
        try {
            peer.session().disconnect(code.name(), false);
        } catch (IOException gone) {
            LOG.debug("It is gone already", gone);
        }
    }

    /** Null if the database cannot be asked about a key that was not seen lately. */
    private Authentication authenticate(String key) {
        try {
            return authenticator.authenticate(key);
        } catch (JdbiException away) {
            LOG.warn("A key of FIX cannot be looked up: {}", away.toString());
            return null;
        }
    }

    private static Permission needed(String type) {
        return switch (type) {
            case MsgType.MARKET_DATA_REQUEST -> Permission.MARKETDATA_READ;
            case MsgType.ORDER_STATUS_REQUEST, MsgType.BUSINESS_MESSAGE_REJECT -> Permission.TRADING_READ;
            default -> Permission.TRADING_WRITE;
        };
    }

    private RejectLogon rejected(Peer peer, Principal principal, SecurityRefusal code, String detail) {
        trail.note(event(peer, principal, MsgType.LOGON, code.name()));
        return new RejectLogon(code + ": " + code.meaning() + " " + detail);
    }

    /** What becomes of a message its session tells, and the journals of orders keep. */
    private AuditEvent event(Peer peer, Principal principal, String type, String code) {
        return new AuditEvent(trail.clock().instant(), trail.member(), principal == null ? null : principal.name(), principal == null ? null : principal.session(), "", METHOD,
                type, peer.id().getTargetCompID(), 0, code, UUID.randomUUID().toString());
    }
}
