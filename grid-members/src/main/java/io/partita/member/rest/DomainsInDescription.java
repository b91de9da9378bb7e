package io.partita.member.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Groups operations by domain, which is the package below {@code io.partita.member} of whoever serves them: each tag is called {@code Domain: Tag}, so that they stand together where
 * they are sorted by name, and {@code x-tagGroups} says the same to readers that know it. Thread-safe.
 */
final class DomainsInDescription implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

    private static final String ROOT = "io.partita.member.";
    private static final Map<String, String> NAMES = Map.of("marketdata", "Market data", "grid", "Operations", "jobs", "Streams", "status", "Operations", "diagnostics", "Operations",
            "strategy", "Trading", "intake", "Positions", "lineage", "Ledger", "drill", "Operations");

    private final Map<String, String> domains = new ConcurrentHashMap<>();

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        String domain = domain(method.getBeanType().getPackageName());
        if (operation.getTags() != null) {
            operation.setTags(operation.getTags().stream().map(tag -> tag.startsWith(domain + ": ") ? tag : named(domain, tag)).toList());
        }
        return operation;
    }

    private String named(String domain, String tag) {
        domains.put(tag, domain);
        return domain + ": " + tag;
    }

    private static String domain(String packageName) {
        String name = packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()).replaceAll("\\..*", "") : "other";
        return NAMES.getOrDefault(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    }

    @Override
    public void customise(OpenAPI api) {
        Map<String, Tag> described = new TreeMap<>();
        domains.forEach((tag, domain) -> described.put(domain + ": " + tag, new Tag().name(domain + ": " + tag)));
        if (api.getTags() != null) {
            api.getTags().stream().filter(tag -> domains.containsKey(tag.getName()))
                    .forEach(tag -> described.get(domains.get(tag.getName()) + ": " + tag.getName()).description(tag.getDescription()));
        }
        api.setTags(new ArrayList<>(described.values()));
        Map<String, List<String>> groups = new TreeMap<>();
        described.keySet().forEach(name -> groups.computeIfAbsent(name.substring(0, name.indexOf(':')), _ -> new ArrayList<>()).add(name));
        api.addExtension("x-tagGroups", groups.entrySet().stream().map(group -> Map.of("name", group.getKey(), "tags", group.getValue())).toList());
    }
}
