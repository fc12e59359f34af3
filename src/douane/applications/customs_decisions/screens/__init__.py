"""What people do on pages about decisions: applicants in the portal, officers at their desk."""
