package io.partita.member.rest;

import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands endpoints that have a parameter of type {@link Principal} the one who asks. Whoever has made sure of them leaves them in the request's attribute {@link #ATTRIBUTE}. */
@Configuration(proxyBeanMethods = false)
public class Caller implements WebMvcConfigurer {

    /** The attribute of a request that has the {@link Principal}. */
    public static final String ATTRIBUTE = "io.partita.security.Principal";

    /** What the interface says of the name in a body, see {@link #actor}. */
    public static final String ACTOR = "whom a program acts for, which has to say so; people are known by their sign-in and leave it out";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Principal.class);
    }

    /** The one who asks; empty if nobody knows. */
    public static Optional<Principal> of(HttpServletRequest request) {
        return Optional.ofNullable((Principal) request.getAttribute(ATTRIBUTE));
    }

    /** The one who asks; throws a problem if nobody knows. */
    public static Principal required(HttpServletRequest request) {
        return of(request).orElseThrow(() -> RequestProblem.of(SecurityRefusal.UNAUTHENTICATED, ""));
    }

    /**
     * Who is kept as the one who did something: of a person the name by which they have signed in, and of a program whom it acts for.
     *
     * @param said what the request says; of a person their name or null
     */
    public static String actor(Principal caller, String said) {
        if (caller.kind() == Principal.Kind.SERVICE) {
            return Fields.text("actor", said);
        }
        if (said != null && !said.equals(caller.name())) {
            throw RequestProblem.field("actor", "is " + caller.name() + ", or left out: people act for nobody but themselves");
        }
        return caller.name();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new Resolver());
    }

    private static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Principal.class;
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request, WebDataBinderFactory binders) {
            return required(request.getNativeRequest(HttpServletRequest.class));
        }
    }
}
