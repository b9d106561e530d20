import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantCapacityReservationConfig.html */
const ARN = /^(?=.{1,258}$)arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:[a-z0-9-]{1,14}\/.+$/;

/**
 * Capacity that was reserved before (a training plan for endpoints).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantCapacityReservationConfig.html
 */
export class CapacityReservation {
  /**
   * Instances come from this reservation and from nowhere else: if it has none left, they do not start.
   *
   * @param reservationArn ARN of the reservation
   */
  public static only(reservationArn: string): CapacityReservation {
    return new CapacityReservation(reservationArn);
  }

  private constructor(private readonly reservationArn: string) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(name, this.reservationArn, ARN, 'be the ARN of a capacity reservation of SageMaker');
  }

  /** @internal */
  public _render(): CfnEndpointConfig.CapacityReservationConfigProperty {
    return { capacityReservationPreference: 'capacity-reservations-only', mlReservationArn: this.reservationArn };
  }
}
