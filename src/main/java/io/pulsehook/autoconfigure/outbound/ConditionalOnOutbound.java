package io.pulsehook.autoconfigure.outbound;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches when a property is set that names an address to call. In a test context it
 * matches only if the test itself set the property; see {@link Outbound}.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnOutboundCondition.class)
public @interface ConditionalOnOutbound {

	/**
	 * The property that names the address.
	 * @return its canonical name
	 */
	String value();

}
