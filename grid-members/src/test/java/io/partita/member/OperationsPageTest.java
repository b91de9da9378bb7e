package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

class OperationsPageTest {

    @Test
    void the_operations_page_lists_every_setting_with_its_default() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        settings("partita", PartitaProperties.class).forEach((name, value) ->
                assertThat(page).contains("| `" + name + "` | " + (value.isEmpty() ? "|" : "`" + value + "` |")));
    }

    private static Map<String, String> settings(String prefix, Class<?> type) {
        Map<String, String> settings = new TreeMap<>();
        for (Parameter setting : type.getDeclaredConstructors()[0].getParameters()) {
            String name = prefix + "." + setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (setting.getType().isRecord()) {
                settings.putAll(settings(name, setting.getType()));
            } else {
                DefaultValue value = setting.getAnnotation(DefaultValue.class);
                settings.put(name, value == null || value.value().length == 0 ? "" : value.value()[0]);
            }
        }
        return settings;
    }
}
