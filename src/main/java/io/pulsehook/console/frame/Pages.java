package io.pulsehook.console.frame;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.springframework.beans.factory.BeanInitializationException;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Renders the pages with a template engine of their own, so that their templates and
 * those of a host application cannot get mixed up.
 */
public final class Pages {

	private final ThymeleafViewResolver views = new ThymeleafViewResolver();

	private final String root;

	private final InstantSource clock;

	public Pages(ApplicationContext context, ConsoleSettings settings) {
		ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
		templates.setPrefix("io/pulsehook/console/templates/");
		templates.setSuffix(".html");
		templates.setCharacterEncoding("UTF-8");
		SpringTemplateEngine engine = new SpringTemplateEngine();
		engine.setTemplateResolver(templates);
		engine.setTemplateEngineMessageSource(context);
		this.views.setTemplateEngine(engine);
		this.views.setApplicationContext(context);
		this.views.setCharacterEncoding("UTF-8");
		// A page is sent only when it is complete: if it failed halfway, no error page
		// could be shown any more.
		this.views.setProducePartialOutputWhileProcessing(false);
		this.root = settings.path();
		this.clock = settings.clock();
	}

	/**
	 * Returns the time from which pages count how long ago something was.
	 * @return the present, by the same clock as the times in the database
	 */
	public Instant now() {
		return this.clock.instant();
	}

	public ModelAndView show(String template, Map<String, ?> model) {
		return new ModelAndView(view(template), model);
	}

	public ModelAndView show(String template, HttpStatus status, Map<String, ?> model) {
		ModelAndView page = show(template, model);
		page.setStatus(status);
		return page;
	}

	private View view(String template) {
		try {
			return Objects.requireNonNull(this.views.resolveViewName(template, Locale.ENGLISH));
		}
		catch (Exception ex) {
			throw new BeanInitializationException("The console's page '" + template + "' cannot be made", ex);
		}
	}

	// Redirects the browser after a form was handled: otherwise reloading the page would
	// send the form again.
	public ModelAndView goTo(String path) {
		RedirectView view = new RedirectView(this.root + path, true);
		view.setStatusCode(HttpStatus.SEE_OTHER);
		view.setExpandUriTemplateVariables(false);
		view.setExposeModelAttributes(false);
		return new ModelAndView(view);
	}

}
