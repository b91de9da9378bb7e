package io.partita.member.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds what answers a request as Spring does, but holds its path only against the patterns of its resource, {@code orders} of {@code /api/v1/orders/{symbol}/{id}}: there are hundreds of
 * others, and to walk through all of them took a tenth of the time of a request. What no pattern answers is left to Spring, which says why. Thread-safe.
 */
final class HandlersByResource extends RequestMappingHandlerMapping {

    /** Of the name of the resource among the elements of a path, separators included. */
    private static final int PLACE = 5;
    private static final Pattern WILD = Pattern.compile("[{}*?]");

    private Map<String, Part> parts = Map.of();
    private Part others = new Part();

    /** What may answer for one resource. */
    private static final class Part extends RequestMappingHandlerMapping {

        static Part of(ApplicationContext context, Map<RequestMappingInfo, HandlerMethod> all, Predicate<Optional<String>> resources) {
            Part part = new Part();
            part.setApplicationContext(context);
            all.forEach((info, method) -> {
                if (resources.test(resource(info))) {
                    part.registerMapping(info, method.getBean(), method.getMethod());
                }
            });
            return part;
        }

        HandlerMethod find(String path, HttpServletRequest request) throws Exception {
            return lookupHandlerMethod(path, request);
        }

        @Override
        protected HandlerMethod handleNoMatch(Set<RequestMappingInfo> infos, String path, HttpServletRequest request) {
            return null;
        }
    }

    /** Everything is registered by then, and nothing is later. */
    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        Map<RequestMappingInfo, HandlerMethod> all = getHandlerMethods();
        Map<String, Part> made = new HashMap<>();
        all.keySet().stream().map(HandlersByResource::resource).flatMap(Optional::stream).distinct()
                .forEach(name -> made.put(name, Part.of(obtainApplicationContext(), all, resource -> resource.isEmpty() || resource.get().equals(name))));
        others = Part.of(obtainApplicationContext(), all, Optional::isEmpty);
        parts = Map.copyOf(made);
    }

    @Override
    protected HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request) throws Exception {
        String resource = resource(ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication());
        HandlerMethod found = (resource == null ? others : parts.getOrDefault(resource, others)).find(path, request);
        return found != null ? found : super.lookupHandlerMethod(path, request);
    }

    /** Empty for what may answer for any resource. */
    private static Optional<String> resource(RequestMappingInfo info) {
        Set<Optional<String>> all = info.getPathPatternsCondition().getPatterns().stream().map(HandlersByResource::resource).collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : Optional.empty();
    }

    /** Only where everything up to it stands there as it is. */
    private static Optional<String> resource(PathPattern pattern) {
        List<PathContainer.Element> elements = PathContainer.parsePath(pattern.getPatternString()).elements();
        return elements.size() > PLACE && elements.subList(0, PLACE + 1).stream().noneMatch(element -> WILD.matcher(element.value()).find())
                ? Optional.of(elements.get(PLACE).value()) : Optional.empty();
    }

    /** Null if the path is too short for one. */
    private static String resource(PathContainer path) {
        return path.elements().size() > PLACE && path.elements().get(PLACE) instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : null;
    }
}
