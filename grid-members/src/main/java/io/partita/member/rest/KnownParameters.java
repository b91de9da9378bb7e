package io.partita.member.rest;

import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses what a query asks for and its address does not know: whoever misspells a filter would take the whole list for what was filtered. A method that takes all parameters as a map says with
 * {@link io.swagger.v3.oas.annotations.Parameter} of its own which ones it knows. Thread-safe.
 */
@Configuration(proxyBeanMethods = false)
public class KnownParameters implements WebMvcConfigurer, HandlerInterceptor {

    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod endpoint) {
            Set<String> names = known.computeIfAbsent(endpoint.getMethod(), KnownParameters::names);
            request.getParameterMap().keySet().stream().filter(asked -> !names.contains(asked)).findFirst().ifPresent(unknown -> {
                throw RequestProblem.of(RequestCode.UNKNOWN_PARAMETER, unknown + ": this address takes " + (names.isEmpty() ? "none." : String.join(", ", names) + "."))
                        .with("parameter", unknown);
            });
        }
        return true;
    }

    private static Set<String> names(Method endpoint) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : endpoint.getParameters()) {
            RequestParam asked = parameter.getAnnotation(RequestParam.class);
            if (asked != null && !Map.class.isAssignableFrom(parameter.getType())) {
                names.add(asked.name().isEmpty() ? parameter.getName() : asked.name());
            }
        }
        Arrays.stream(endpoint.getAnnotationsByType(io.swagger.v3.oas.annotations.Parameter.class)).filter(said -> said.in() == ParameterIn.QUERY).forEach(said -> names.add(said.name()));
        return names;
    }
}
