package io.pulsehook.dispatch.handler;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Finds out what type handler beans are declared as, whether they come from a method, a
 * factory bean or a scoped proxy, and whether or not they exist yet.
 */
final class DeclaredTypes {

	private final ConfigurableListableBeanFactory beans;

	DeclaredTypes(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Returns the declared type of a handler. It is read from the bean definition, since
	 * the instance knows less: a lambda knows only the bound of its type argument, and
	 * the proxy of a scoped bean not even that.
	 * @param name the bean's name
	 * @param contract the interface that it implements
	 * @return the type as that interface, or {@link ResolvableType#NONE}
	 */
	ResolvableType of(String name, Class<?> contract) {
		String target = ScopedProxyUtils.getTargetBeanName(name);
		ResolvableType defined = defined(this.beans.containsBeanDefinition(target) ? target : name).as(contract);
		if (defined != ResolvableType.NONE) {
			return defined;
		}
		return ResolvableType.forClass(AopProxyUtils.ultimateTargetClass(this.beans.getBean(name))).as(contract);
	}

	private ResolvableType defined(String name) {
		if (!this.beans.containsBeanDefinition(name)) {
			return ResolvableType.NONE;
		}
		// Asking for the type makes the definition resolve its class and method, of which
		// it may know only the names before.
		this.beans.getType(name, false);
		BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
		ResolvableType type = definition.getResolvableType();
		ResolvableType factory = type.as(FactoryBean.class);
		return (factory != ResolvableType.NONE) ? product(factory, definition) : type;
	}

	private static ResolvableType product(ResolvableType factory, BeanDefinition definition) {
		return (definition.getAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE) instanceof ResolvableType type) ? type
				: factory.getGeneric();
	}

}
