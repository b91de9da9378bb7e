package io.partita.console;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The console's process: a web server for people, a client of the grid, and nothing that the grid depends on. It starts
 * with or without a member to talk to, and finds members by itself when they come.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Push
@Viewport("width=device-width, initial-scale=1")
@StyleSheet(Lumo.STYLESHEET)
@StyleSheet("context://partita/app.css")
public class PartitaConsole implements AppShellConfigurator {

    public static void main(String[] arguments) {
        SpringApplication.run(PartitaConsole.class, arguments);
    }

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "partita/favicon.svg", "any");
        settings.addMetaTag("description", "Partita: the ledger and its grid");
        settings.addMetaTag("color-scheme", "light dark");
        // Before the first paint, so that a dark room stays dark while the page loads.
        settings.addInlineFromFile("theme.js", com.vaadin.flow.component.page.Inline.Wrapping.JAVASCRIPT);
    }
}
