package io.partita.console;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.ParentLayout;
import io.partita.console.ui.EmptyState;
import io.partita.console.ui.PageHead;
import io.partita.console.ui.Panel;
import jakarta.servlet.http.HttpServletResponse;

/** What a page shows to those who may not open it. */
@ParentLayout(MainLayout.class)
@PageTitle("Not for you \u00B7 Partita")
public class DeniedView extends Div implements HasErrorParameter<Gate.Denied> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Gate.Denied> parameter) {
        addClassName("page");
        add(new PageHead("Not for you", "/" + event.getLocation().getPath()), new Panel("", new EmptyState(VaadinIcon.LOCK, "None of your roles opens this page",
                "Somebody who manages users can give you one that does. What you may do stands on your profile.", new Anchor("profile", "Profile"))).untitled());
        return HttpServletResponse.SC_FORBIDDEN;
    }
}
