package io.pulsehook.autoconfigure;

import java.util.stream.Stream;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.validation.MessageInterpolatorFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.function.SingletonSupplier;

import io.pulsehook.Handler;
import io.pulsehook.dispatch.handler.HandlerSettingsException;

/**
 * Finds the annotations of handler beans, on their bean methods and on their classes.
 */
final class HandlerAnnotations {

	private final ConfigurableListableBeanFactory beans;

	private final SingletonSupplier<Validator> validator = SingletonSupplier.of(HandlerAnnotations::createValidator);

	HandlerAnnotations(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Lists what the annotations of a handler set.
	 * @param handler the bean's name
	 * @return the settings of the bean method's annotation before those of the class's;
	 * those that are {@code null} are not given
	 * @throws HandlerSettingsException if one cannot be used
	 */
	Stream<HandlerOverrides> of(String handler) {
		// The definition of a scoped proxy is Spring's own; the author's is that of its
		// target.
		String target = ScopedProxyUtils.getTargetBeanName(handler);
		String name = this.beans.containsBeanDefinition(target) ? target : handler;
		Handler ofClass = onClass(name, handler);
		return Stream.of(onMethod(name), ofClass)
			.flatMap(Stream::ofNullable)
			.distinct()
			.map((annotation) -> new HandlerAttributes(handler, annotation).read(this.validator.obtain()));
	}

	private @Nullable Handler onMethod(String name) {
		return (this.beans.containsBeanDefinition(name)
				&& this.beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
				&& definition.getResolvedFactoryMethod() != null)
						? AnnotatedElementUtils.findMergedAnnotation(definition.getResolvedFactoryMethod(),
								Handler.class)
						: null;
	}

	// The bean is asked last: a proxy by interfaces hides the class that a bean method
	// returns from everything else.
	private @Nullable Handler onClass(String name, String handler) {
		Handler declared = this.beans.findAnnotationOnBean(name, Handler.class, false);
		return (declared != null) ? declared : AnnotatedElementUtils
			.findMergedAnnotation(AopProxyUtils.ultimateTargetClass(this.beans.getBean(handler)), Handler.class);
	}

	private static Validator createValidator() {
		return Validation.byDefaultProvider()
			.configure()
			.messageInterpolator(new MessageInterpolatorFactory().getObject())
			.buildValidatorFactory()
			.getValidator();
	}

}
