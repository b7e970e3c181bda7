package io.pulsehook.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;

import io.pulsehook.test.sendpulse.FakeSendPulse;

/**
 * Tests an application's handlers as they run in production. It starts the application
 * like {@link SpringBootTest}, with an inbox of its own in a temporary directory, and
 * adds the bean {@link Pulsehook}, a {@link TestClock}, and a {@link FakeSendPulse} that
 * the application's client of SendPulse is connected to. On a class that has
 * {@code @SpringBootTest} as well it only adds these beans, and the attributes of that
 * annotation count. Test methods that share a context must not run in parallel.
 *
 * <pre class="code">
 * &#64;PulsehookTest
 * class CoursesTests {
 *
 *     &#64;Autowired
 *     private Pulsehook pulsehook;
 *
 *     &#64;Test
 *     void grantsAccess(@Autowired Courses courses) {
 *         this.pulsehook.post(TestEvents.payment().contact("c1").build());
 *         this.pulsehook.awaitDone();
 *         assertThat(courses.granted("c1")).isTrue();
 *     }
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
@ImportAutoConfiguration(PulsehookTestAutoConfiguration.class)
public @interface PulsehookTest {

	/**
	 * Properties that the test sets, and that take precedence over the application's.
	 * @return properties in the form {@code key=value}
	 */
	@AliasFor(annotation = SpringBootTest.class)
	String[] properties() default {};

	/**
	 * The classes that configure the application.
	 * @return classes; without any, the application is looked for
	 */
	@AliasFor(annotation = SpringBootTest.class)
	Class<?>[] classes() default {};

	/**
	 * Tells whether to start a web server.
	 * @return by default none: events are posted without HTTP
	 */
	@AliasFor(annotation = SpringBootTest.class)
	WebEnvironment webEnvironment() default WebEnvironment.MOCK;

}
