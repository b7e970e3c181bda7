package io.pulsehook.api;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the OpenAPI description of the API.
 */
@RestController
@RequestMapping("/openapi.yaml")
class OpenApiController {

	@GetMapping
	ResponseEntity<Resource> description() {
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_YAML)
			.body(new ClassPathResource("openapi.yaml", OpenApiController.class));
	}

}
