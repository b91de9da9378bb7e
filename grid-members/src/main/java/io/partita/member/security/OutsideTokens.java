package io.partita.member.security;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.partita.member.PartitaProperties;
import io.partita.security.Principal;
import io.partita.security.Role;
import io.partita.security.Secrets;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/**
 * Access tokens of an outside issuer, by OpenID Connect: this member is a resource server of it. Its keys are fetched when the first token comes. An issuer that has failed to answer
 * several times is left alone for a while, and no more than some wait for it, so that its outage holds up nobody else's requests. Thread-safe.
 */
final class OutsideTokens {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideTokens.class);
    private static final int MOST = 10_000;
    private static final Duration CONNECTING = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int FAILURES = 3;
    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);
    private static final int WAITING = 16;

    private final PartitaProperties.Oidc settings;
    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead = Bulkhead.of("issuer", BulkheadConfig.custom().maxConcurrentCalls(WAITING).maxWaitDuration(CONNECTING).build());
    private final Remembered<Seen> seen = new Remembered<>(MOST);
    private volatile JwtDecoder decoder;

    private record Seen(Principal principal, Instant expiresAt) {
    }

    OutsideTokens(PartitaProperties.Oidc settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.breaker = CircuitBreaker.of("issuer", CircuitBreakerConfig.custom().slidingWindowSize(FAILURES).minimumNumberOfCalls(FAILURES).failureRateThreshold(100)
                .waitDurationInOpenState(LEFT_ALONE).permittedNumberOfCallsInHalfOpenState(1).ignoreExceptions(BadJwtException.class).build());
        breaker.getEventPublisher().onStateTransition(change -> LOG.warn("The issuer {}: {}", settings.issuer(), change.getStateTransition()));
    }

    /** Several may make one at a time, so that nobody waits for the attempts of others. */
    private JwtDecoder decoder() {
        JwtDecoder known = decoder;
        if (known == null) {
            try {
                known = decoder(settings);
            } catch (RuntimeException away) {
                throw new JwtDecoderInitializationException("It does not tell its keys", away);
            }
            decoder = known;
        }
        return known;
    }

    private static JwtDecoder decoder(PartitaProperties.Oidc settings) {
        SimpleClientHttpRequestFactory patient = new SimpleClientHttpRequestFactory();
        patient.setConnectTimeout(CONNECTING);
        patient.setReadTimeout(PATIENCE);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(settings.issuer()).restOperations(new RestTemplate(patient)).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(JwtValidators.createDefaultWithIssuer(settings.issuer()),
                new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience())),
                new JwtClaimValidator<Instant>(JwtClaimNames.EXP, expires -> expires != null)));
        return decoder;
    }

    /** Whether a token says that the outside issuer made it. */
    boolean made(String token) {
        return settings.issuer() != null && settings.issuer().equals(AccessTokens.issuer(token));
    }

    /** Who presents a token; throws {@link SecurityRefused} if it is none. */
    Principal principal(String token) {
        Seen one = seen.find(Base64.getEncoder().encodeToString(Secrets.hash(token)), unseen -> Optional.of(decode(token))).orElseThrow();
        if (!clock.instant().isBefore(one.expiresAt)) {
            throw new SecurityRefused(SecurityRefusal.TOKEN_EXPIRED, "At " + one.expiresAt + ".");
        }
        return one.principal;
    }

    private Seen decode(String token) {
        try {
            Jwt jwt = bulkhead.executeSupplier(() -> breaker.executeSupplier(() -> verified(token)));
            Set<Role> roles = roles(jwt.getClaim(settings.roleClaim()));
            String name = Optional.ofNullable(jwt.getClaimAsString(settings.nameClaim())).filter(text -> !text.isBlank() && text.length() <= 200)
                    .orElseThrow(() -> new SecurityRefused(SecurityRefusal.TOKEN_INVALID, "It names nobody."));
            // Behind the issuer's mark, so that nobody becomes a user of this system by having the same name elsewhere.
            return new Seen(new Principal("oidc:" + name, Principal.Kind.USER, roles, Principal.permissions(roles), accounts(jwt.getClaim(settings.accountsClaim())),
                    "oidc:" + Optional.ofNullable(jwt.getId()).orElse("-")), jwt.getExpiresAt());
        } catch (JwtValidationException invalid) {
            boolean expired = invalid.getErrors().stream().anyMatch(error -> error.getDescription() != null && error.getDescription().contains("expired"));
            throw new SecurityRefused(expired ? SecurityRefusal.TOKEN_EXPIRED : SecurityRefusal.TOKEN_INVALID, expired ? "" : "It is for somebody else.");
        } catch (BadJwtException invalid) {
            throw new SecurityRefused(SecurityRefusal.TOKEN_INVALID, "It is not signed by the issuer.");
        } catch (CallNotPermittedException | BulkheadFullException leftAlone) {
            throw new SecurityRefused(SecurityRefusal.ISSUER_UNAVAILABLE, "");
        } catch (JwtException | JwtDecoderInitializationException away) {
            LOG.warn("The issuer {} cannot be asked: {}", settings.issuer(), away.toString());
            throw new SecurityRefused(SecurityRefusal.ISSUER_UNAVAILABLE, "");
        }
    }

    /** New keys are fetched by one for all, who wait for it: without an end of their own they would then try one after another. */
    private Jwt verified(String token) {
        CompletableFuture<Jwt> verified = CompletableFuture.supplyAsync(() -> decoder().decode(token), Thread::startVirtualThread);
        try {
            return verified.get(CONNECTING.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new JwtException("It cannot be verified", failed);
        } catch (TimeoutException late) {
            throw new JwtException("No keys came in time", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JwtException("The member is stopping", stopped);
        }
    }

    private static Set<Role> roles(Object claim) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        texts(claim).forEach(text -> Arrays.stream(Role.values()).filter(role -> role.name().equals(text.toUpperCase(Locale.ROOT))).forEach(roles::add));
        return roles;
    }

    /** A claim that is there and is no list of numbers means none, not all. */
    private static Optional<Set<Long>> accounts(Object claim) {
        if (claim == null) {
            return Optional.empty();
        }
        Set<Long> accounts = new HashSet<>();
        for (String text : texts(claim)) {
            if (text.matches("[1-9][0-9]{0,17}")) {
                accounts.add(Long.parseLong(text));
            }
        }
        return Optional.of(accounts);
    }

    private static List<String> texts(Object claim) {
        return claim instanceof Collection<?> list ? list.stream().map(String::valueOf).toList() : claim == null ? List.of() : List.of(claim.toString().split("[ ,]+"));
    }
}
