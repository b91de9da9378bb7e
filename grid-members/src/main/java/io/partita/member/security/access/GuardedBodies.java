package io.partita.member.security.access;

import io.partita.member.rest.Guarded;
import io.partita.member.rest.OwnAccounts;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import java.lang.reflect.Type;
import java.util.Objects;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Looks at what bodies say before any endpoint sees them. */
@RestControllerAdvice
final class GuardedBodies extends RequestBodyAdviceAdapter {

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return Guarded.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object afterBodyRead(Object body, HttpInputMessage message, MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        if (body instanceof Guarded guarded) {
            OwnAccounts.caller().ifPresent(caller -> check(caller, guarded));
        }
        return body;
    }

    private static void check(Principal caller, Guarded body) {
        for (Permission needed : body.needs()) {
            if (!caller.may(needed)) {
                throw RequestProblem.of(SecurityRefusal.FORBIDDEN, "What the body asks for needs " + needed.scope() + ".").with("permission", needed.scope());
            }
        }
        if (caller.accounts().isPresent()) {
            body.mustOwn().filter(Objects::nonNull).forEach(OwnAccounts::mustOwn);
        }
    }
}
