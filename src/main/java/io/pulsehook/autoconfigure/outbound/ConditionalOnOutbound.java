package io.pulsehook.autoconfigure.outbound;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches when the property with the address of somebody to be called is set, in a test
 * context by the test itself; see {@link Outbound}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnOutboundCondition.class)
public @interface ConditionalOnOutbound {

	/**
	 * The property.
	 * @return its canonical name
	 */
	String value();

}
