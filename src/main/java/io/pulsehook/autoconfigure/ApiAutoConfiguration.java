package io.pulsehook.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Import;

import io.pulsehook.api.ApiConfiguration;
import io.pulsehook.inbox.Inbox;

/**
 * Adds the operator's API. It shows personal data, so a host application has to ask for
 * it and to protect it.
 */
@AutoConfiguration(after = PulsehookAutoConfiguration.class)
@ConditionalOnBean(Inbox.class)
@ConditionalOnBooleanProperty("pulsehook.api.enabled")
@Import(ApiConfiguration.class)
public class ApiAutoConfiguration {

}
