package io.partita.member.security.access;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.rest.ProblemWriter;
import io.partita.member.security.Authenticator;
import io.partita.member.security.audit.AuditTrail;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** The filters in front of every endpoint, in the order in which a request meets them. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** The console and the documentation come from here; nothing else is ever loaded by a page. */
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final int ROOM = 512;

    @Bean
    AccessTable accessTable() {
        return new AccessTable();
    }

    @Bean
    RateLimits rateLimits(HazelcastInstance hazelcast, PartitaProperties settings, MeterRegistry meters) {
        return new RateLimits(hazelcast, settings.edge(), meters);
    }

    /**
     * 1 a name of this member, 2 headers, 3 origins, 4 who it is, 5 how many, 6 the audit trail, 7 the table. There are no sessions and no cookies, so nothing that a browser adds
     * by itself makes a request anybody's: what a page of another origin sends carries no bearer, and needs no token against forgery.
     */
    @Bean
    SecurityFilterChain edge(HttpSecurity http, AccessTable table, Authenticator authenticator, RateLimits limits, AuditTrail trail, ProblemWriter problems,
                             PartitaProperties settings) throws Exception {
        AccessDecision decision = new AccessDecision(table, settings.edge().metricsFrom());
        return http
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .headers(headers -> headers
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .frameOptions(frames -> frames.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .cors(cors -> cors.configurationSource(origins(settings.edge().origins())))
                .addFilterBefore(new HostFilter(settings, problems), SecurityContextHolderFilter.class)
                .addFilterBefore(new BearerFilter(authenticator, problems), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new RateLimitFilter(limits, table, problems), BearerFilter.class)
                .addFilterAfter(new AuditFilter(trail, table, problems), RateLimitFilter.class)
                .addFilterAfter(new AccessFilter(decision, problems), AuditFilter.class)
                .build();
    }

    private static UrlBasedCorsConfigurationSource origins(List<String> origins) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(List.of("Authorization", "Content-Type", "Idempotency-Key", "X-Correlation-Id"));
        allowed.setExposedHeaders(List.of("X-Correlation-Id", "Retry-After", "RateLimit", "RateLimit-Policy", "Location"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!origins.isEmpty()) {
            source.registerCorsConfiguration("/**", allowed);
        }
        return source;
    }

    /** Names in paths may be any text. The table reads a path by the same patterns as the endpoints, so no spelling of one gets past it. */
    @Bean
    HttpFirewall pathsOfAnyNames() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowUrlEncodedPeriod(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowNull(true);
        return firewall;
    }

    /** What each WebSocket has room for before its handler says how long its messages may be; ten thousand that wait should not take the heap. */
    @Bean
    ServletServerContainerFactoryBean smallSockets() {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(ROOM);
        container.setMaxBinaryMessageBufferSize(ROOM);
        return container;
    }

    /** Who asks for what is counted and traced once for a request: to do so in each of the filters took more time than they do. */
    @Bean
    SecurityObservationSettings filtersUnobserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** Keeps Spring from making up a user with a password of its own. */
    @Bean
    AuthenticationManager nobodySignsInHere() {
        return attempt -> {
            throw new AuthenticationServiceException("Members know bearers only");
        };
    }
}
